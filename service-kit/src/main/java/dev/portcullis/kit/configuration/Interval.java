package dev.portcullis.kit.configuration;

/** The numbers legal for a key: those between two bounds, each of which may be infinite. */
record Interval(double min, boolean minInclusive, double max, boolean maxInclusive) {
    boolean contains(double value) {
        boolean highEnough = minInclusive ? value >= min : value > min;
        boolean lowEnough = maxInclusive ? value <= max : value < max;
        return highEnough && lowEnough;
    }

    /** As told to people: {@code a number above 0 and below 1}. */
    @Override
    public String toString() {
        String lower = min == Double.NEGATIVE_INFINITY ? "" : (minInclusive ? " of at least " : " above ") + plain(min);
        String upper = max == Double.POSITIVE_INFINITY ? "" : (maxInclusive ? " of at most " : " below ") + plain(max);
        String and = lower.isEmpty() || upper.isEmpty() ? "" : " and";
        return "a number" + lower + and + upper;
    }

    /** The same for a list of keys, where the type stands beside it: {@code above 0, below 1}. */
    String range() {
        if (minInclusive && maxInclusive && Double.isFinite(min) && Double.isFinite(max)) {
            return plain(min) + " to " + plain(max);
        }
        String lower = min == Double.NEGATIVE_INFINITY ? "" : (minInclusive ? "at least " : "above ") + plain(min);
        String upper = max == Double.POSITIVE_INFINITY ? "" : (maxInclusive ? "at most " : "below ") + plain(max);
        return lower + (lower.isEmpty() || upper.isEmpty() ? "" : ", ") + upper;
    }

    /** A number without digits that say nothing: 5 and not 5.0. */
    static String plain(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? Long.toString((long) number) : Double.toString(number);
    }
}
