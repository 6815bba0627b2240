@NullMarked
package dev.portcullis.kit.audit.record;

import org.jspecify.annotations.NullMarked;
