/** The console over HTTP: its pages, what they load, the forms they send, and the streams of what changes in them. */
@NullMarked
package dev.portcullis.gate.http.console;

import org.jspecify.annotations.NullMarked;
