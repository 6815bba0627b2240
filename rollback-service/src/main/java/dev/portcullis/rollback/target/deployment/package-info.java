/** The target of Deployments: the pod template of an earlier revision put back. */
@NullMarked
package dev.portcullis.rollback.target.deployment;

import org.jspecify.annotations.NullMarked;
