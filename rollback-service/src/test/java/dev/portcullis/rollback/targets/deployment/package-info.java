/** Tests of the target of Deployments. */
@NullMarked
package dev.portcullis.rollback.targets.deployment;

import org.jspecify.annotations.NullMarked;
