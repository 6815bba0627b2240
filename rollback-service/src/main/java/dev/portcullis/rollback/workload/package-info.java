/** What runs the pods of a service, such as a Deployment or a Rollout: its revisions, and guarded changes of it. */
@NullMarked
package dev.portcullis.rollback.workload;

import org.jspecify.annotations.NullMarked;
