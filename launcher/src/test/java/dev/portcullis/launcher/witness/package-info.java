@NullMarked
package dev.portcullis.launcher.witness;

import org.jspecify.annotations.NullMarked;
