/** What every service asks of a text at each of its edges, and how every service writes numbers and lengths of time; knows nothing but Java. */
@NullMarked
package dev.portcullis.kit.text;

import org.jspecify.annotations.NullMarked;
