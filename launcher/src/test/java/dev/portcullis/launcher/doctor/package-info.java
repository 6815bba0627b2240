@NullMarked
package dev.portcullis.standalone.doctor;

import org.jspecify.annotations.NullMarked;
