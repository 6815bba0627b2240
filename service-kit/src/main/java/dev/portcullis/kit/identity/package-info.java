/** Who calls, and what he may do: credentials, roles, and the one place where a call is let through or refused. */
@NullMarked
package dev.portcullis.kit.identity;

import org.jspecify.annotations.NullMarked;
