using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ServiceDeskBot.Triage.Features;
using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage.Artefacts;

/// <summary>
/// The one file a model is. Layout: magic and format, SHA-256 of everything that follows, name, heads, vocabulary,
/// weights, little-endian. It holds no time and no path, so the same training gives the same bytes; the version is
/// the name and the beginning of the hash.
/// </summary>
public static class Artefact
{
    private const int HashBytes = 32;
    private const int MostHeads = 64;
    private const int MostLabels = 100_000;
    private const int MostFeatures = 4_000_000;
    private const int WidestHidden = 4_096;

    private static readonly byte[] Magic = "SDBTRG01"u8.ToArray();

    internal static byte[] Write(string name, ClassifierWeights weights, IReadOnlyList<Head> heads, LabelShares training)
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(name);
            WriteHeads(writer, heads, training);
            WriteVocabulary(writer, weights.Vocabulary);
            writer.Write(weights.Hidden);
            WriteRows(writer, weights.Linear);
            WriteFloats(writer, weights.LinearBias);
            WriteRows(writer, weights.Embedding);
            WriteFloats(writer, weights.HiddenBias);
            WriteRows(writer, weights.Output);
            WriteFloats(writer, weights.OutputBias);
        }

        var content = body.GetBuffer().AsSpan(0, (int)body.Length);
        return [.. Magic, .. SHA256.HashData(content), .. content];
    }

    /// <summary>Reads an artefact and checks its hash.</summary>
    /// <param name="path">Named in the refusal.</param>
    public static ArtefactReading Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            return new ArtefactReading.Refused($"The model {path} cannot be read: {reason}");
        }

        return Read(bytes, path);
    }

    /// <summary>Reads an artefact from memory, as one kept in a database is.</summary>
    /// <param name="origin">Where the bytes came from; named in the refusal.</param>
    public static ArtefactReading Read(ReadOnlySpan<byte> bytes, string origin)
    {
        var header = Magic.Length + HashBytes;
        if (bytes.Length < header || !bytes[..Magic.Length].SequenceEqual(Magic))
        {
            return new ArtefactReading.Refused($"The model {origin} is not an artefact of this version of the product. Train it again.");
        }

        var hash = SHA256.HashData(bytes[header..]);
        if (!hash.AsSpan().SequenceEqual(bytes.Slice(Magic.Length, HashBytes)))
        {
            return new ArtefactReading.Refused($"The model {origin} is damaged: its content does not have the hash in its header. Restore it or train it again.");
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes[header..].ToArray()), Encoding.UTF8);
            return new ArtefactReading.Loaded(ReadClassifier(reader, hash));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or OverflowException or OutOfMemoryException)
        {
            return new ArtefactReading.Refused($"The model {origin} has an impossible layout ({e.Message}) Train it again.");
        }
    }

    private static TextClassifier ReadClassifier(BinaryReader reader, byte[] hash)
    {
        var name = reader.ReadString();
        var (heads, training) = ReadHeads(reader);
        var vocabulary = ReadVocabulary(reader);
        var outputs = heads.Sum(head => head.Labels.Count);
        var weights = new ClassifierWeights(vocabulary, outputs, Bounded(reader.ReadInt32(), WidestHidden, "hidden units"));
        ReadRows(reader, weights.Linear);
        ReadFloats(reader, weights.LinearBias);
        ReadRows(reader, weights.Embedding);
        ReadFloats(reader, weights.HiddenBias);
        ReadRows(reader, weights.Output);
        ReadFloats(reader, weights.OutputBias);
        return new TextClassifier($"{name}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}", weights, heads, training);
    }

    private static void WriteHeads(BinaryWriter writer, IReadOnlyList<Head> heads, LabelShares training)
    {
        writer.Write(training.Rows);
        writer.Write(heads.Count);
        for (var i = 0; i < heads.Count; i++)
        {
            writer.Write(heads[i].Name);
            writer.Write(heads[i].Labels.Count);
            foreach (var label in heads[i].Labels)
            {
                writer.Write(label);
            }

            WriteFloats(writer, [.. training.ByHead[i]]);
            var (linear, hidden, curve, floor, act, familiar) = heads[i].Calibration;
            WriteFloats(writer, [linear, hidden, curve.Bias, curve.LogOdds, curve.Margin, curve.KnownWords, curve.KnownGrams, floor, act, familiar]);
        }
    }

    private static (List<Head> Heads, LabelShares Training) ReadHeads(BinaryReader reader)
    {
        var rows = reader.ReadInt32();
        var heads = new List<Head>();
        var shares = new List<IReadOnlyList<float>>();
        var count = Bounded(reader.ReadInt32(), MostHeads, "heads");
        var offset = 0;
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            var labels = new string[Bounded(reader.ReadInt32(), MostLabels, "labels")];
            for (var label = 0; label < labels.Length; label++)
            {
                labels[label] = reader.ReadString();
            }

            var share = new float[labels.Length];
            ReadFloats(reader, share);
            var c = new float[10];
            ReadFloats(reader, c);
            var curve = new ConfidenceCurve(c[2], c[3], c[4], c[5], c[6]);
            heads.Add(new Head(name, labels, offset, new HeadCalibration(c[0], c[1], curve, c[7], c[8], c[9])));
            shares.Add(share);
            offset += labels.Length;
        }

        return (heads, new LabelShares(shares, rows));
    }

    private static void WriteVocabulary(BinaryWriter writer, Vocabulary vocabulary)
    {
        writer.Write(vocabulary.Count);
        writer.Write(vocabulary.WordCount);
        writer.Write(MemoryMarshal.AsBytes(vocabulary.Hashes.AsSpan()));
        WriteFloats(writer, vocabulary.Idf);
    }

    private static Vocabulary ReadVocabulary(BinaryReader reader)
    {
        var hashes = new uint[Bounded(reader.ReadInt32(), MostFeatures, "features")];
        var words = Bounded(reader.ReadInt32(), hashes.Length, "words");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(hashes.AsSpan()));
        var idf = new float[hashes.Length];
        ReadFloats(reader, idf);
        return new Vocabulary(hashes, idf, words);
    }

    private static void WriteRows(BinaryWriter writer, PackedRows rows)
    {
        WriteFloats(writer, rows.Scales);
        for (var row = 0; row < rows.Rows; row++)
        {
            writer.Write(MemoryMarshal.AsBytes(rows.Row(row)));
        }
    }

    private static void ReadRows(BinaryReader reader, PackedRows rows)
    {
        ReadFloats(reader, rows.Scales);
        for (var row = 0; row < rows.Rows; row++)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.Row(row)));
        }
    }

    private static void WriteFloats(BinaryWriter writer, ReadOnlySpan<float> values) => writer.Write(MemoryMarshal.AsBytes(values));

    private static void ReadFloats(BinaryReader reader, Span<float> values) => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));

    private static int Bounded(int value, int most, string what) =>
        value >= 0 && value <= most ? value : throw new InvalidDataException($"{value} {what}.");
}

/// <summary>What came of reading an artefact.</summary>
public abstract record ArtefactReading
{
    private ArtefactReading()
    {
    }

    public sealed record Loaded(TextClassifier Classifier) : ArtefactReading;

    /// <summary>The artefact cannot be used.</summary>
    /// <param name="Reason">A sentence for the log and the operator, with the remedy.</param>
    public sealed record Refused(string Reason) : ArtefactReading;
}
