/** What the gate does, one class per verb. */
@NullMarked
package dev.portcullis.gate.usecase;

import org.jspecify.annotations.NullMarked;
