/** Applications of Argo CD, returned to an entry of their deployment history. */
@NullMarked
package dev.portcullis.rollback.targets.argocd;

import org.jspecify.annotations.NullMarked;
