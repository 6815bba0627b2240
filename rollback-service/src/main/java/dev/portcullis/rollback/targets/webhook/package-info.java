/** The webhook target: an HTTP call that returns the traffic, and another that says where it is. */
@NullMarked
package dev.portcullis.rollback.targets.webhook;

import org.jspecify.annotations.NullMarked;
