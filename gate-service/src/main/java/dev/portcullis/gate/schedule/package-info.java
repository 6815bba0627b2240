/** The work the gate does without being asked. */
@NullMarked
package dev.portcullis.gate.schedule;

import org.jspecify.annotations.NullMarked;
