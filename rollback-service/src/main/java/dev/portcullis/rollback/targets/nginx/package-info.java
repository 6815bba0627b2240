/** The nginx target: canary annotations of an Ingress that ingress-nginx serves. */
@NullMarked
package dev.portcullis.rollback.targets.nginx;

import org.jspecify.annotations.NullMarked;
