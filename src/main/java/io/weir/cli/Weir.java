package io.weir.cli;

/** The process's entry point. */
public final class Weir {
    private Weir() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
