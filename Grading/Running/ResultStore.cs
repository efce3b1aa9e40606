using System.Text.Json;

namespace Blockchain.Grading.Running;

/// <summary>
/// One file for each student and check, so that grading can be interrupted at any moment and goes on where it was.
/// </summary>
/// <param name="folder">Of all results; for the teacher, since hidden seeds are in it.</param>
internal sealed class ResultStore(string folder)
{
    public CheckResult? Find(string student, string check, string key)
    {
        try
        {
            var kept = JsonSerializer.Deserialize(
                File.ReadAllBytes(PathOf(student, check)), GradingJson.Default.KeptResult);
            return kept?.Key == key ? kept.Result : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            // None yet, or half of one.
            return null;
        }
    }

    public void Keep(string student, string check, string key, CheckResult result)
    {
        var path = PathOf(student, check);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = path + ".new";
        File.WriteAllBytes(
            beside, JsonSerializer.SerializeToUtf8Bytes(new KeptResult(key, result), GradingJson.Default.KeptResult));
        File.Move(beside, path, overwrite: true);
    }

    private string PathOf(string student, string check) =>
        Path.Combine(folder, FileNames.Of(student), $"{FileNames.Of(check)}.json");
}
