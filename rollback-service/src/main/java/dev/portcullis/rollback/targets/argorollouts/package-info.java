/** The target of Rollouts of Argo Rollouts: aborted while they progress, undone and promoted in full afterwards. */
@NullMarked
package dev.portcullis.rollback.targets.argorollouts;

import org.jspecify.annotations.NullMarked;
