package dev.portcullis.gate.message.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Draft;
import java.util.List;

/** How a message is written for a webhook. An immutable value. */
interface EventFormat {
    /** The events that tell it, in order, each a CloudEvent 1.0 in JSON; none when the format has no word for it. */
    List<ObjectNode> events(Draft draft);

    /** Its name for people. */
    String described();
}
