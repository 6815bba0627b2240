/** The target of Deployments: the pod template of an earlier revision put back. */
@NullMarked
package dev.portcullis.rollback.targets.deployment;

import org.jspecify.annotations.NullMarked;
