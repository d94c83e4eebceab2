-- savings rates of Maker and Sky
SELECT savings_index(1000345536981080854186363002, 1000000001847694957439350562, 936122);
SELECT savings_index(1e27, 1e27, 0), savings_index(0, 1000000001847694957439350562, 86400), savings_index(NULL, 1, 1);
SELECT savings_apy(1000000001847694957439350562) / 1e27 AS apy, savings_apy(1e27), savings_apy(0);
SELECT savings_index(-1, 1e27, 1);
SELECT savings_index(1e27, 1.5, 1);
SELECT savings_index(1e27, 1e27, 'NaN');
SELECT savings_index(1e60, 1e27, 0);
SELECT savings_index(1, 1e38, 4);
SELECT savings_apy(2e27);
