namespace ServiceDeskBot.Triage.Trainer;

/// <summary>Writes an artefact so that a reader sees the old file or the new one, never half of one.</summary>
internal static class ArtefactFile
{
    /// <summary>Null when written, else the reason.</summary>
    public static string? Write(string path, byte[] bytes)
    {
        var full = System.IO.Path.GetFullPath(path);
        var temporary = full + ".new";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, full, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"{path}: cannot be written: {e.Message}";
        }
    }
}
