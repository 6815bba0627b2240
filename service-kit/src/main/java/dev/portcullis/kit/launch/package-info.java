/** Life cycle of a service: settings, start, readiness, stop. */
@NullMarked
package dev.portcullis.kit.launch;

import org.jspecify.annotations.NullMarked;
