/** Tests of the target of Rollouts of Argo Rollouts. */
@NullMarked
package dev.portcullis.rollback.target.argorollouts;

import org.jspecify.annotations.NullMarked;
