/** The tokens of a running gate-service, as commands make, list and revoke them. */
@NullMarked
package dev.portcullis.launcher.token;

import org.jspecify.annotations.NullMarked;
