/** What the ways to ask the gate over HTTP share. */
@NullMarked
package dev.portcullis.gate.http;

import org.jspecify.annotations.NullMarked;
