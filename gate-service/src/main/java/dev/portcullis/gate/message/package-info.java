/** What people and other systems are told of releases and rollbacks, whom, and what is on its way. */
@NullMarked
package dev.portcullis.gate.message;

import org.jspecify.annotations.NullMarked;
