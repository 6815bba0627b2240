@NullMarked
package dev.portcullis.kit.transparency;

import org.jspecify.annotations.NullMarked;
