/** All three services in one process, with a database of their own. */
@NullMarked
package dev.portcullis.launcher.services;

import org.jspecify.annotations.NullMarked;
