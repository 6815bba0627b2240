/** Argo CD's side of a rollback, and the tests against it. */
@NullMarked
package dev.portcullis.rollback.targets.argocd;

import org.jspecify.annotations.NullMarked;
