/** What runs the pods of a service, such as a Deployment or a Rollout: its revisions, guarded changes of it, and the target that returns it to one of them. */
@NullMarked
package dev.portcullis.rollback.workload;

import org.jspecify.annotations.NullMarked;
