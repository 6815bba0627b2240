/** JSON documents in columns of the database, in forms with a version. */
@NullMarked
package dev.portcullis.kit.document;

import org.jspecify.annotations.NullMarked;
