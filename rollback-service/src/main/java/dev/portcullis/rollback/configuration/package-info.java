/** The rollback sections of the configuration folder, read into plans. */
@NullMarked
package dev.portcullis.rollback.configuration;

import org.jspecify.annotations.NullMarked;
