namespace Blockchain.Grading; internal static class Placeholder;
