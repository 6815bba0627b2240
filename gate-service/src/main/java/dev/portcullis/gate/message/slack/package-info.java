/** Messages to a channel of Slack. */
@NullMarked
package dev.portcullis.gate.message.slack;

import org.jspecify.annotations.NullMarked;
