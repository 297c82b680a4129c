namespace LocalCloud.Faults;

/// <summary>The dice: a number from 0 to below 1 that depends on nothing but its arguments.</summary>
internal static class Draw
{
    public static double Of(long seed, int rule, string service, string action, long ordinal, int part)
    {
        var state = Mix((ulong)seed ^ Hash(service));
        state = Mix(state ^ Hash(action));
        state = Mix(state ^ (ulong)ordinal);
        state = Mix(state ^ (((ulong)(uint)rule << 32) | (uint)part));
        return (state >> 11) * (1.0 / (1UL << 53));
    }

    // FNV-1a: string.GetHashCode differs between processes.
    private static ulong Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        return hash;
    }

    // The output function of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
