/** Static tokens that the gate makes and keeps, for all services of Portcullis. */
@NullMarked
package dev.portcullis.gate.access;

import org.jspecify.annotations.NullMarked;
