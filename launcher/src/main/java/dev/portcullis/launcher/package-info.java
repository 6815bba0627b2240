/** All three services in one process with a database of their own, and the commands of the launcher. */
@NullMarked
package dev.portcullis.standalone;

import org.jspecify.annotations.NullMarked;
