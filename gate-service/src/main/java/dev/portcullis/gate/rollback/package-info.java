/** The rollback an ABORT orders, and how to have it carried out. */
@NullMarked
package dev.portcullis.gate.rollback;

import org.jspecify.annotations.NullMarked;
