@NullMarked
package dev.portcullis.launcher.drill;

import org.jspecify.annotations.NullMarked;
