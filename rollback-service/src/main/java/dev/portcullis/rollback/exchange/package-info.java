/** What targets behind HTTP share: their keys, the token they send, and what of an answer is kept. */
@NullMarked
package dev.portcullis.rollback.exchange;

import org.jspecify.annotations.NullMarked;
