@NullMarked
package dev.portcullis.launcher.release;

import org.jspecify.annotations.NullMarked;
