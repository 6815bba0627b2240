/** Messages to a server of one's own, as CloudEvents or CDEvents. */
@NullMarked
package dev.portcullis.gate.message.webhook;

import org.jspecify.annotations.NullMarked;
