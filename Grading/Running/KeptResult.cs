namespace Blockchain.Grading.Running;

internal sealed record KeptResult(string Key, CheckResult Result);
