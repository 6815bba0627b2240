/** Whether everything Portcullis needs can be reached, each fault with its fix. Looks only: nothing is changed anywhere. */
@NullMarked
package dev.portcullis.launcher.doctor;

import org.jspecify.annotations.NullMarked;
