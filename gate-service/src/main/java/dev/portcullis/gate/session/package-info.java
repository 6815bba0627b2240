/** The sessions of people who have signed in to the console. */
@NullMarked
package dev.portcullis.gate.session;

import org.jspecify.annotations.NullMarked;
