/** What every door of every service asks of a text; knows nothing but Java. */
@NullMarked
package dev.portcullis.kit.text;

import org.jspecify.annotations.NullMarked;
