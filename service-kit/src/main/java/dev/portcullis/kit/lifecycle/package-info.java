/** What can be started and stopped, and how a start fails. */
@NullMarked
package dev.portcullis.kit.lifecycle;

import org.jspecify.annotations.NullMarked;
