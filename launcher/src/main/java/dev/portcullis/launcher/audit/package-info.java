/** The audit log as it is taken out of a running service and verified without one. */
@NullMarked
package dev.portcullis.launcher.audit;

import org.jspecify.annotations.NullMarked;
