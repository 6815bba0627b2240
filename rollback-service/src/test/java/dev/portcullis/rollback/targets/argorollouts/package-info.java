/** Tests of the target of Rollouts of Argo Rollouts. */
@NullMarked
package dev.portcullis.rollback.targets.argorollouts;

import org.jspecify.annotations.NullMarked;
