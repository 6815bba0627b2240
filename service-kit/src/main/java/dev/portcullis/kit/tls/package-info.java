/** Certificates and keys from files: those of connections to others, and those of a service's own ports, followed while they are renewed. */
@NullMarked
package dev.portcullis.kit.tls;

import org.jspecify.annotations.NullMarked;
