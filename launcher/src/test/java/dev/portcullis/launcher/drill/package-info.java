@NullMarked
package dev.portcullis.standalone.drill;

import org.jspecify.annotations.NullMarked;
