package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.InvalidCountsException;

/** A plan, or windows to be judged by it, with a value that has no meaning. */
public final class InvalidPlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * A fault of one field.
     *
     * @param field path of the field in snake_case, for instance {@code slo.fail_ratio}
     * @param value what it holds
     * @param legal what it may hold, to follow the words "must be"
     */
    public InvalidPlanException(String field, Object value, String legal) {
        super(field + " is " + value + ", must be " + legal);
        this.field = field;
    }

    private InvalidPlanException(String path, InvalidCountsException cause) {
        super(path + "." + cause.getMessage(), cause);
        this.field = path + "." + cause.field();
    }

    /** The fault of counts that stand at {@code path}, for instance {@code windows[3].canary}. */
    public static InvalidPlanException at(String path, InvalidCountsException cause) {
        return new InvalidPlanException(path, cause);
    }

    private InvalidPlanException(String path, InvalidPlanException cause) {
        super(path + "." + cause.getMessage(), cause);
        this.field = path + "." + cause.field;
    }

    /** The same fault of a plan that stands at {@code path}, for instance {@code objectives[1]}. */
    public static InvalidPlanException at(String path, InvalidPlanException cause) {
        return new InvalidPlanException(path, cause);
    }

    /** Path of the field at fault, for instance {@code windows[3].canary.bad}. */
    public String field() {
        return field;
    }
}
