/** Tests of the target of Deployments. */
@NullMarked
package dev.portcullis.rollback.target.deployment;

import org.jspecify.annotations.NullMarked;
