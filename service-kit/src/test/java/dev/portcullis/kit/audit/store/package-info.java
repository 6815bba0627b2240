@NullMarked
package dev.portcullis.kit.audit.store;

import org.jspecify.annotations.NullMarked;
